console.log('photoorg');
