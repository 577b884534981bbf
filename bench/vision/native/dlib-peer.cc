// Native dlib, doing what Python's face_recognition does, as the peer that photoorg's face pipeline is measured against.
//
//   dlib-peer faces MODELS UPSAMPLE < REQUESTS      detect (HOG), align (5 points) and embed
//   dlib-peer boxes MODELS < REQUESTS               align and embed given boxes
//   dlib-peer chips MODELS COUNT < CHIPS            embed COUNT raw chips of 150 x 150 RGB bytes
//   dlib-peer time-embed|time-detect|time-whole MODELS SECONDS < REQUESTS
//
// A request is one line: WIDTH HEIGHT FILE BOX_COUNT [LEFT TOP RIGHT BOTTOM]..., FILE holding raw RGB bytes: both sides of
// a comparison start from the same pixels. Results are one JSON object a line.
#include <dlib/dnn.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_processing.h>

#include <algorithm>
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

// Runs `work` at least five times and for the given time; prints median and best in milliseconds per `units`.
template <typename work> void print_time(const std::string &name, double seconds, double units, work run) {
  using clock = std::chrono::steady_clock;
  std::vector<double> times;
  run();
  for (double spent = 0; times.size() < 5 || spent < seconds * 1000;) {
    const auto start = clock::now();
    run();
    times.push_back(std::chrono::duration<double, std::milli>(clock::now() - start).count());
    spent += times.back();
  }
  std::sort(times.begin(), times.end());
  std::cout << "{\"name\":\"" << name << "\",\"median\":" << times[times.size() / 2] / units << ",\"best\":" << times[0] / units << "}"
            << std::endl;
}

// A product of square float matrices large enough to keep the processor's arithmetic units busy all the time.
void time_matrix_product(double seconds) {
  constexpr long side = 1024;
  matrix<float> a = matrix_cast<float>(randm(side, side)), b = matrix_cast<float>(randm(side, side)), c(side, side);
  const double giga_operations = 2.0 * side * side * side / 1e9;
  print_time("millisPerGigaOperation", seconds, giga_operations, [&] { c = a * b; });
}

void time_embedding(models &loaded, const std::vector<request> &requests, double seconds) {
  std::vector<image> chips;
  for (const request &each : requests)
    for (const rectangle &box : each.boxes) chips.push_back(extract_chip(each.pixels, loaded.landmarks(each.pixels, box)));
  while (chips.size() < 16) chips.push_back(chips[chips.size() / 2]);
  chips.resize(16);
  time_matrix_product(seconds);
  print_time("embedOne", seconds, 1, [&] { loaded.network(chips[0]); });
  print_time("embedSixteen", seconds, 16, [&] { loaded.network(chips, 16); });
}

void time_detection(const std::vector<request> &requests, double seconds) {
  frontal_face_detector detector = get_frontal_face_detector();
  const double photos = static_cast<double>(requests.size());
  print_time("detectPlain", seconds, photos, [&] {
    for (const request &each : requests) detect(detector, each.pixels, 0);
  });
  print_time("detect", seconds, photos, [&] {
    for (const request &each : requests) detect(detector, each.pixels, 1);
  });
}

void time_whole(models &loaded, const std::vector<request> &requests, double seconds) {
  frontal_face_detector detector = get_frontal_face_detector();
  print_time("whole", seconds, static_cast<double>(requests.size()), [&] {
    for (const request &each : requests)
      for (const rectangle &box : detect(detector, each.pixels, 1))
        loaded.network(extract_chip(each.pixels, loaded.landmarks(each.pixels, box)));
  });
}

int main(int argc, char **argv) try {
  if (argc < 3) {
    std::cerr << "usage: dlib-peer faces|boxes|chips|time-embed|time-detect|time-whole MODELS [ARGUMENT] < INPUT" << std::endl;
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
  if (command.rfind("time-", 0) == 0) {
    if (command == "time-embed") time_embedding(loaded, requests, argument);
    if (command == "time-detect") time_detection(requests, argument);
    if (command == "time-whole") time_whole(loaded, requests, argument);
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
