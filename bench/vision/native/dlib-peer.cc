// Native dlib, doing what Python's face_recognition does, as the peer that photoorg's face pipeline is measured against.
//
//   dlib-peer faces MODELS UPSAMPLE < REQUESTS      detect (HOG), align (5 points) and embed
//   dlib-peer boxes MODELS < REQUESTS               align and embed given boxes
//   dlib-peer chips MODELS COUNT < CHIPS            embed COUNT raw chips of 150 x 150 RGB bytes
//   dlib-peer time MODELS SECONDS < REQUESTS        time embedding, detection and the whole path
//
// A request is one line: WIDTH HEIGHT FILE BOX_COUNT [LEFT TOP RIGHT BOTTOM]..., FILE holding raw RGB bytes: both sides of
// a comparison start from the same pixels. Results are one JSON object a line.
#include <dlib/dnn.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_processing.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace dlib;

// The network of http://dlib.net/dnn_face_recognition_ex.cpp.html
template <template <int, template <typename> class, int, typename> class block, int N, template <typename> class BN, typename SUBNET>
using residual = add_prev1<block<N, BN, 1, tag1<SUBNET>>>;
template <template <int, template <typename> class, int, typename> class block, int N, template <typename> class BN, typename SUBNET>
using residual_down = add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<block<N, BN, 2, tag1<SUBNET>>>>>>;
template <int N, template <typename> class BN, int stride, typename SUBNET>
using block = BN<con<N, 3, 3, 1, 1, relu<BN<con<N, 3, 3, stride, stride, SUBNET>>>>>;
template <int N, typename SUBNET> using ares = relu<residual<block, N, affine, SUBNET>>;
template <int N, typename SUBNET> using ares_down = relu<residual_down<block, N, affine, SUBNET>>;
template <typename SUBNET> using alevel0 = ares_down<256, SUBNET>;
template <typename SUBNET> using alevel1 = ares<256, ares<256, ares_down<256, SUBNET>>>;
template <typename SUBNET> using alevel2 = ares<128, ares<128, ares_down<128, SUBNET>>>;
template <typename SUBNET> using alevel3 = ares<64, ares<64, ares<64, ares_down<64, SUBNET>>>>;
template <typename SUBNET> using alevel4 = ares<32, ares<32, ares<32, SUBNET>>>;
using face_network = loss_metric<fc_no_bias<
    128, avg_pool_everything<alevel0<alevel1<alevel2<alevel3<
             alevel4<max_pool<3, 3, 2, 2, relu<affine<con<32, 7, 7, 2, 2, input_rgb_image_sized<150>>>>>>>>>>>>>;

using image = matrix<rgb_pixel>;
using embedding = matrix<float, 0, 1>;

constexpr int chip_size = 150;
constexpr double chip_padding = 0.25;

struct request {
  image pixels;
  std::vector<rectangle> boxes;
};

struct models {
  shape_predictor landmarks;
  face_network network;

  explicit models(const std::string &folder) {
    deserialize(folder + "/shape_predictor_5_face_landmarks.dat") >> landmarks;
    deserialize(folder + "/dlib_face_recognition_resnet_model_v1.dat") >> network;
  }
};

image read_pixels(std::istream &in, long width, long height) {
  image pixels(height, width);
  for (long row = 0; row < height; row++) in.read(reinterpret_cast<char *>(&pixels(row, 0)), width * 3);
  if (!in) throw std::runtime_error("too few pixel bytes");
  return pixels;
}

std::vector<request> read_requests() {
  std::vector<request> requests;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream fields(line);
    long width, height, count;
    std::string file;
    fields >> width >> height >> file >> count;
    std::ifstream in(file, std::ios::binary);
    request next{read_pixels(in, width, height), {}};
    for (long i = 0; i < count; i++) {
      long left, top, right, bottom;
      fields >> left >> top >> right >> bottom;
      next.boxes.emplace_back(left, top, right, bottom);
    }
    requests.push_back(std::move(next));
  }
  return requests;
}

image detect_input(const image &pixels, int upsample) {
  image grown = pixels;
  for (int i = 0; i < upsample; i++) pyramid_up(grown, pyramid_down<2>());
  return grown;
}

// As dlib's Python binding does it: detect on the enlarged image, then bring the boxes back.
std::vector<rectangle> detect(frontal_face_detector &detector, const image &pixels, int upsample) {
  std::vector<rectangle> boxes;
  pyramid_down<2> pyramid;
  for (const rectangle &box : detector(detect_input(pixels, upsample))) boxes.push_back(pyramid.rect_down(box, upsample));
  return boxes;
}

image extract_chip(const image &pixels, const full_object_detection &shape) {
  image chip;
  extract_image_chip(pixels, get_face_chip_details(shape, chip_size, chip_padding), chip);
  return chip;
}

void print_embedding(const embedding &values) {
  std::cout << "[";
  for (long i = 0; i < values.size(); i++) std::cout << (i ? "," : "") << values(i);
  std::cout << "]";
}

void print_faces(models &loaded, const image &pixels, const std::vector<rectangle> &boxes) {
  std::cout << "{\"faces\":[";
  for (size_t i = 0; i < boxes.size(); i++) {
    const full_object_detection shape = loaded.landmarks(pixels, boxes[i]);
    const rectangle &box = boxes[i];
    std::cout << (i ? "," : "") << "{\"box\":[" << box.left() << "," << box.top() << "," << box.right() << "," << box.bottom()
              << "],\"landmarks\":[";
    for (unsigned long k = 0; k < shape.num_parts(); k++)
      std::cout << (k ? "," : "") << "[" << shape.part(k).x() << "," << shape.part(k).y() << "]";
    std::cout << "],\"embedding\":";
    print_embedding(loaded.network(extract_chip(pixels, shape)));
    std::cout << "}";
  }
  std::cout << "]}" << std::endl;
}

// Best of as many runs as fit into the time, in milliseconds: the figure least disturbed by other processes.
template <typename work> double best_millis(double seconds, work run) {
  using clock = std::chrono::steady_clock;
  double best = 1e12, spent = 0;
  for (int runs = 0; runs < 3 || spent < seconds * 1000; runs++) {
    const auto start = clock::now();
    run();
    const double millis = std::chrono::duration<double, std::milli>(clock::now() - start).count();
    best = std::min(best, millis);
    spent += millis;
  }
  return best;
}

void print_times(models &loaded, const std::vector<request> &requests, double seconds) {
  frontal_face_detector detector = get_frontal_face_detector();
  std::vector<std::vector<rectangle>> boxes;
  std::vector<image> chips;
  for (const request &each : requests) {
    boxes.push_back(detect(detector, each.pixels, 1));
    for (const rectangle &box : boxes.back()) chips.push_back(extract_chip(each.pixels, loaded.landmarks(each.pixels, box)));
  }
  while (!chips.empty() && chips.size() < 16) chips.push_back(chips[chips.size() / 2]);
  chips.resize(16);
  const double photos = static_cast<double>(requests.size());
  const double embed_one = best_millis(seconds, [&] { loaded.network(chips[0]); });
  const double embed_sixteen = best_millis(seconds, [&] { loaded.network(chips, 16); }) / 16;
  const auto detect_all = [&](int upsample) {
    return best_millis(seconds, [&] {
             for (const request &each : requests) detect(detector, each.pixels, upsample);
           }) / photos;
  };
  const double detect_plain = detect_all(0), detect_upsampled = detect_all(1);
  const double whole = best_millis(seconds, [&] {
                         for (const request &each : requests)
                           for (const rectangle &box : detect(detector, each.pixels, 1))
                             loaded.network(extract_chip(each.pixels, loaded.landmarks(each.pixels, box)));
                       }) / photos;
  size_t faces = 0;
  for (const auto &each : boxes) faces += each.size();
  std::cout << "{\"embedOneMillis\":" << embed_one << ",\"embedSixteenMillis\":" << embed_sixteen << ",\"detectMillis\":" << detect_plain
            << ",\"detectUpsampledMillis\":" << detect_upsampled << ",\"wholeMillis\":" << whole << ",\"faces\":" << faces << "}"
            << std::endl;
}

int main(int argc, char **argv) try {
  if (argc < 3) {
    std::cerr << "usage: dlib-peer faces|boxes|chips|time MODELS [ARGUMENT] < INPUT" << std::endl;
    return 64;
  }
  const std::string command = argv[1];
  const double argument = argc > 3 ? std::atof(argv[3]) : 1;
  models loaded(argv[2]);
  std::cout.precision(9);
  if (command == "chips") {
    for (int i = 0; i < argument; i++) {
      print_embedding(loaded.network(read_pixels(std::cin, chip_size, chip_size)));
      std::cout << std::endl;
    }
    return 0;
  }
  const std::vector<request> requests = read_requests();
  if (command == "time") {
    print_times(loaded, requests, argument);
    return 0;
  }
  frontal_face_detector detector = get_frontal_face_detector();
  for (const request &each : requests)
    print_faces(loaded, each.pixels, command == "boxes" ? each.boxes : detect(detector, each.pixels, static_cast<int>(argument)));
  return 0;
} catch (const std::exception &error) {
  std::cerr << "dlib-peer: " << error.what() << std::endl;
  return 1;
}
